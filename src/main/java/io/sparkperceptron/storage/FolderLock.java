package io.sparkperceptron.storage;

import io.sparkperceptron.Remedy;
import io.sparkperceptron.UserException;
import java.io.FileNotFoundException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lock for one writer at a time in a folder. Its owner rewrites the file {@code .lock} every few seconds, as a
 * heartbeat. An owner that was killed leaves the file behind. Another writer takes the lock over if the owner's process
 * ran on this machine and is gone, or if the file no longer changes.
 */
public final class FolderLock implements AutoCloseable {

    public static final String NAME = ".lock";

    private static final Logger LOG = LoggerFactory.getLogger(FolderLock.class);
    /** The time between heartbeats, the time without one that makes a lock stale, and the time between looks. */
    record Times(Duration heartbeat, Duration timeout, Duration poll) {}

    private static final Times DISK = new Times(Duration.ofSeconds(4), Duration.ofSeconds(20), Duration.ofMillis(500));
    /** The timeout is the same, because others may not see that this is a store. One heartbeat may get lost. */
    private static final Times STORE = new Times(Duration.ofSeconds(8), DISK.timeout(), DISK.poll());

    private static final int MOST_BYTES = 4096;
    private static final int TRIES = 3;

    private final Folder folder;
    private final List<org.apache.hadoop.fs.Path> made;
    private final String owner;
    private final Times times;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread heartbeats;
    private long beat;
    private volatile String otherOwner;
    private volatile boolean folderIsGone;

    private FolderLock(Folder folder, List<org.apache.hadoop.fs.Path> made, String owner, Times times) {
        this.folder = folder;
        this.made = made;
        this.owner = owner;
        this.times = times;
        this.heartbeats = new Thread(this::beatUntilClosed, "folder-lock");
        heartbeats.setDaemon(true);
        heartbeats.start();
    }

    /**
     * Locks a folder, and creates the folder if it does not exist. Waits some seconds if it finds a lock. Throws a
     * {@link UserException} if another writer holds the lock, or if the folder cannot be written to.
     */
    public static FolderLock acquire(Folder folder) throws InterruptedException {
        return acquire(folder, times(folder));
    }

    static Times times(Folder folder) {
        return folder.isStore() ? STORE : DISK;
    }

    static FolderLock acquire(Folder folder, Times times) throws InterruptedException {
        List<org.apache.hadoop.fs.Path> made = folder.make();
        String owner = machine() + " " + ProcessHandle.current().pid() + " " + UUID.randomUUID();
        for (int i = 0; i < TRIES; i++) {
            String found = "";
            if (folder.writeNew(NAME, content(owner, 0))) {
                boolean waits = folder.isStore() || i > 0;
                if (waits) {
                    // By then every other writer that saw no lock, or the same stale one, has nearly always written.
                    Thread.sleep(times.poll().multipliedBy(2).toMillis());
                    found = read(folder);
                }
                if (!waits || found.startsWith(owner)) {
                    return new FolderLock(folder, made, owner, times);
                }
                if (found.isEmpty()) {
                    continue;
                }
                throw held(folder, found);
            }
            found = read(folder);
            if (found.isEmpty() && !folder.holds(NAME)) {
                continue;
            }
            if (!isGone(found) && changes(folder, found, times)) {
                throw held(folder, found);
            }
            if (read(folder).equals(found)) {
                LOG.info("Removing the lock of a process that no longer runs from {}{}", folder, who(found));
                folder.delete(NAME);
            }
        }
        throw held(folder, read(folder));
    }

    /** Reads the lock. Throws a {@link UserException} if another writer has taken the lock or the folder is gone. */
    public synchronized void confirm() {
        String found = readMine();
        requireHeld();
        if (found.isEmpty()) {
            found = folder.writeNew(NAME, content(owner, 0)) ? owner : read(folder);
        }
        if (!found.startsWith(owner)) {
            otherOwner = found;
        }
        requireHeld();
    }

    /** The lock, empty if it is gone. Also notes whether the folder is gone: a write would create it again. */
    private String readMine() {
        String found = read(folder);
        folderIsGone |= found.isEmpty() && !folder.exists();
        return found;
    }

    /** The same check as {@link #confirm}, but with what the last heartbeat or confirmation read. */
    public void requireHeld() {
        if (folderIsGone) {
            throw new UserException("Expected the folder " + folder.uri()
                    + " while a training writes to it, found it removed or renamed; rename it back and resume, or"
                    + " train again");
        }
        if (otherOwner != null) {
            throw held(folder, otherOwner);
        }
    }

    /** Unlocks the folder, and removes it if {@link #acquire} created it and it is empty. */
    @Override
    public void close() {
        closed.countDown();
        try {
            heartbeats.join(times.timeout().toMillis());
            if (heartbeats.isAlive()) {
                throw new UserException("the file system does not answer");
            }
            if (read(folder).startsWith(owner)) {
                folder.delete(NAME);
            }
            folder.removeIfEmpty(made);
        } catch (UserException e) {
            LOG.warn("The lock {} stays behind: {}", folder.child(NAME), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void beatUntilClosed() {
        try {
            while (!closed.await(times.heartbeat().toMillis(), TimeUnit.MILLISECONDS)) {
                beat();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Synchronized, because {@link #confirm} must not read the lock while this rewrites it. */
    private synchronized void beat() {
        try {
            String found = readMine();
            if (!found.isEmpty() && !found.startsWith(owner)) {
                otherOwner = found;
            } else if (!folderIsGone) {
                folder.write(NAME, out -> out.write(content(owner, ++beat)));
            }
        } catch (RuntimeException e) {
            LOG.debug("Could not rewrite the lock in {}", folder, e);
        }
    }

    private static byte[] content(String owner, long beat) {
        return (owner + " " + beat).getBytes(StandardCharsets.UTF_8);
    }

    /** Empty if there is no lock. */
    private static String read(Folder folder) {
        try {
            return new String(folder.read(NAME, MOST_BYTES), StandardCharsets.UTF_8);
        } catch (UserException e) {
            if (e.getCause() instanceof FileNotFoundException) {
                return "";
            }
            throw e;
        }
    }

    /** Whether the owner's process ran on this machine and is gone. */
    private static boolean isGone(String lock) {
        String[] words = lock.split(" ", -1);
        return lock.startsWith(machine() + " ")
                && words.length > 2
                && words[1].matches("\\d{1,18}")
                && ProcessHandle.of(Long.parseLong(words[1])).isEmpty();
    }

    private static boolean changes(Folder folder, String found, Times times) throws InterruptedException {
        LOG.info("{} is locked; waiting to see whether its owner still writes to it{}", folder, who(found));
        long end = System.nanoTime() + times.timeout().toNanos();
        while (System.nanoTime() - end < 0) {
            Thread.sleep(times.poll().toMillis());
            String now = read(folder);
            if (!now.isEmpty() && !now.equals(found)) {
                return true;
            }
        }
        return false;
    }

    private static UserException held(Folder folder, String lock) {
        return new UserException(
                "Expected nobody else to write to " + folder.uri() + ", found that somebody does" + who(lock)
                        + "; wait for the end of that process",
                Remedy.OTHER_FOLDER);
    }

    private static String who(String lock) {
        String[] words = lock.split(" ", -1);
        return words.length < 3 ? "" : " (process " + words[1] + " on " + words[0].split("/", -1)[0] + ")";
    }

    /**
     * The host and, on Linux, the process namespace and the boot. Containers may share a host name, but have their own
     * processes. The first namespace has the same number everywhere, so only the boot distinguishes machines of the
     * same name.
     */
    private static String machine() {
        return known(() -> InetAddress.getLocalHost().getHostName().replace(' ', '_'), "unknown-host")
                + "/"
                + known(() -> Files.readSymbolicLink(Path.of("/proc/self/ns/pid")), "")
                + "/"
                + known(() -> Files.readString(Path.of("/proc/sys/kernel/random/boot_id")), "");
    }

    private static String known(Callable<?> fact, String otherwise) {
        try {
            return fact.call().toString().strip();
        } catch (Exception e) {
            return otherwise;
        }
    }
}
