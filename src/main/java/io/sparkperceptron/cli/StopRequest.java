package io.sparkperceptron.cli;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.apache.hadoop.service.launcher.IrqHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns the first Ctrl-C, SIGTERM or SIGHUP of a training into a wish to end after the epoch in progress, or within it
 * where there are no executors. The second one, and any outside of a training, ends the process as usual.
 */
final class StopRequest implements BooleanSupplier, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StopRequest.class);
    private static final List<String> SIGNALS = List.of(IrqHandler.CONTROL_C, IrqHandler.SIGTERM, "HUP");
    /** What shells add to a signal's number. */
    private static final int SIGNALLED = 128;

    private static final AtomicReference<StopRequest> CURRENT = new AtomicReference<>();

    private volatile int exitCode;

    private StopRequest() {}

    /** Signals are for the one returned, until it is closed. */
    static StopRequest listen() {
        StopRequest request = new StopRequest();
        CURRENT.set(request);
        for (String signal : SIGNALS) {
            try {
                new IrqHandler(signal, data -> received(SIGNALLED + data.getNumber())).bind();
            } catch (IllegalArgumentException e) {
                LOG.debug("Signal {} cannot be listened to", signal, e);
            }
        }
        return request;
    }

    @Override
    public boolean getAsBoolean() {
        return exitCode != 0;
    }

    /** Whether a training under way is to end. */
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
            LOG.info("Stopping after the epoch in progress; once more, and it is at once");
            request.exitCode = exitCode;
        }
    }
}
