package io.sparkperceptron.cli;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.apache.hadoop.service.launcher.IrqHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns the first Ctrl-C, SIGTERM or SIGHUP of a training into a request to end after the epoch in progress, or within
 * it if there are no executors. A second signal, or one outside a training, ends the process as usual.
 */
final class StopRequest implements BooleanSupplier, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StopRequest.class);
    private static final List<String> SIGNALS = List.of(IrqHandler.CONTROL_C, IrqHandler.SIGTERM, "HUP");
    /** Shells add this to a signal's number for the exit code. */
    private static final int SIGNALLED = 128;

    private static final AtomicReference<StopRequest> CURRENT = new AtomicReference<>();

    private volatile int exitCode;

    private StopRequest() {}

    /** Directs signals to the returned request, until it is closed. */
    static StopRequest listen() {
        StopRequest request = new StopRequest();
        CURRENT.set(request);
        for (String signal : SIGNALS) {
            try {
                new IrqHandler(signal, data -> received(SIGNALLED + data.getNumber())).bind();
            } catch (IllegalArgumentException e) {
                LOG.debug("Cannot listen to the signal {}", signal, e);
            }
        }
        return request;
    }

    @Override
    public boolean getAsBoolean() {
        return exitCode != 0;
    }

    /** Whether the training in progress is to end. */
    static boolean isMade() {
        StopRequest request = CURRENT.get();
        return request != null && request.getAsBoolean();
    }

    /** 130 for Ctrl-C, 143 for SIGTERM, 129 for SIGHUP. */
    int exitCode() {
        return exitCode;
    }

    @Override
    public void close() {
        CURRENT.compareAndSet(this, null);
    }

    private static void received(int exitCode) {
        StopRequest request = CURRENT.get();
        if (request == null || request.exitCode != 0) {
            System.exit(exitCode);
        } else {
            LOG.info("Stopping after the epoch in progress; a second signal stops at once");
            request.exitCode = exitCode;
        }
    }
}
