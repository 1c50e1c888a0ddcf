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
 * One writer to a folder at a time: a file {@code .lock} in it, which its owner writes anew every few seconds. An owner that is
 * gone without having removed it, killed perhaps, is known by its process where that ran on this machine, else by the file
 * not changing any more.
 */
public final class FolderLock implements AutoCloseable {

    public static final String NAME = ".lock";

    private static final Logger LOG = LoggerFactory.getLogger(FolderLock.class);
    /** How often the file is written anew, how long it may stay as it is, and how often one looks. */
    record Pace(Duration beat, Duration patience, Duration look) {}

    private static final Pace PACE = new Pace(Duration.ofSeconds(4), Duration.ofSeconds(20), Duration.ofMillis(500));
    /** With as much patience, for others may look from elsewhere; one sign of life may get lost. */
    private static final Pace STORE_PACE = new Pace(Duration.ofSeconds(8), PACE.patience(), PACE.look());

    private static final int MOST_BYTES = 4096;
    private static final int TRIES = 3;

    private final Folder folder;
    private final List<org.apache.hadoop.fs.Path> made;
    private final String owner;
    private final Pace pace;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread beats;
    private long beat;
    private volatile String otherOwner;
    private volatile boolean folderIsGone;

    private FolderLock(Folder folder, List<org.apache.hadoop.fs.Path> made, String owner, Pace pace) {
        this.folder = folder;
        this.made = made;
        this.owner = owner;
        this.pace = pace;
        this.beats = new Thread(this::beatUntilClosed, "folder-lock");
        beats.setDaemon(true);
        beats.start();
    }

    /**
     * Locks a folder, which is made if it is not there.
     *
     * @throws UserException if somebody else holds it, which takes some seconds to see; or if it cannot be written to
     */
    public static FolderLock acquire(Folder folder) throws InterruptedException {
        return acquire(folder, pace(folder));
    }

    static Pace pace(Folder folder) {
        return folder.isStore() ? STORE_PACE : PACE;
    }

    static FolderLock acquire(Folder folder, Pace pace) throws InterruptedException {
        List<org.apache.hadoop.fs.Path> made = folder.make();
        String owner = machine() + " " + ProcessHandle.current().pid() + " " + UUID.randomUUID();
        for (int i = 0; i < TRIES; i++) {
            String found = "";
            if (folder.writeNew(NAME, content(owner, 0))) {
                if (folder.isStore()) {
                    // Who else has seen no lock has written one by now.
                    Thread.sleep(pace.look().multipliedBy(2).toMillis());
                    found = read(folder);
                }
                if (found.isEmpty() || found.startsWith(owner)) {
                    return new FolderLock(folder, made, owner, pace);
                }
                throw held(folder, found);
            }
            found = read(folder);
            if (!isGone(found) && changes(folder, found, pace)) {
                throw held(folder, found);
            }
            LOG.info("{} was being written to by a process that is gone{}", folder, who(found));
            folder.delete(NAME);
        }
        throw held(folder, read(folder));
    }

    /**
     * Makes sure, by a look at the file, that nobody has taken the lock over, or has removed the folder with it.
     *
     * @throws UserException if somebody has
     */
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

    /** The lock, empty if it is gone. A folder that is gone as well is not made again: what was in it is lost. */
    private String readMine() {
        String found = read(folder);
        folderIsGone |= found.isEmpty() && !folder.exists();
        return found;
    }

    /**
     * Makes sure that at the last sign of life nobody had taken the lock over, as somebody does who sees none for
     * long, or had removed the folder.
     *
     * @throws UserException if somebody has
     */
    public void requireHeld() {
        if (folderIsGone) {
            throw new UserException("Expected the folder " + folder.uri()
                    + " while a training writes to it, found it removed or renamed; give it its name back and go on, or"
                    + " train again");
        }
        if (otherOwner != null) {
            throw held(folder, otherOwner);
        }
    }

    /** Unlocks the folder, and removes it if it was made for the lock and nothing was put there. */
    @Override
    public void close() {
        closed.countDown();
        try {
            beats.join(pace.patience().toMillis());
            if (beats.isAlive()) {
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
            while (!closed.await(pace.beat().toMillis(), TimeUnit.MILLISECONDS)) {
                beat();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Not while {@link #confirm} looks, which would have to look again. */
    private synchronized void beat() {
        try {
            String found = readMine();
            if (!found.isEmpty() && !found.startsWith(owner)) {
                otherOwner = found;
            } else if (!folderIsGone) {
                folder.write(NAME, out -> out.write(content(owner, ++beat)));
            }
        } catch (RuntimeException e) {
            LOG.debug("No sign of life in {}", folder, e);
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

    /** Whether the owner's process can be seen to be no more. */
    private static boolean isGone(String lock) {
        String[] words = lock.split(" ", -1);
        return lock.startsWith(machine() + " ")
                && words.length > 2
                && words[1].matches("\\d{1,18}")
                && ProcessHandle.of(Long.parseLong(words[1])).isEmpty();
    }

    private static boolean changes(Folder folder, String found, Pace pace) throws InterruptedException {
        LOG.info("{} is locked; looking for a sign of life{}", folder, who(found));
        long end = System.nanoTime() + pace.patience().toNanos();
        while (System.nanoTime() - end < 0) {
            Thread.sleep(pace.look().toMillis());
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
                        + "; wait for that",
                Remedy.OTHER_FOLDER);
    }

    private static String who(String lock) {
        String[] words = lock.split(" ", -1);
        return words.length < 3 ? "" : " (process " + words[1] + " on " + words[0].split("/", -1)[0] + ")";
    }

    /**
     * The host and, where there are such things, the set of processes and the boot: containers share hosts, not
     * processes, and the first set of processes has the same number everywhere, so that two machines of one name
     * differ by their boots alone.
     */
    private static String machine() {
        return known(() -> InetAddress.getLocalHost().getHostName().replace(' ', '_'), "unknown-host")
                + "/"
                + known(
                        () -> Files.readSymbolicLink(Path.of("/proc/self/ns/pid"))
                                .toString(),
                        "")
                + "/"
                + known(
                        () -> Files.readString(Path.of("/proc/sys/kernel/random/boot_id"))
                                .strip(),
                        "");
    }

    private static String known(Callable<String> fact, String otherwise) {
        try {
            return fact.call();
        } catch (Exception e) {
            return otherwise;
        }
    }
}
