package io.sparkperceptron.storage;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.UserException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderLockTest {

    private static final FolderLock.Times QUICK =
            new FolderLock.Times(Duration.ofMillis(50), Duration.ofMillis(1000), Duration.ofMillis(20));

    @TempDir
    Path temporary;

    private Path path;
    private Folder folder;
    private Path file;

    @BeforeEach
    void nameFolder() {
        path = temporary.resolve("a/b");
        folder = Folder.at(path.toString(), new Configuration());
        file = path.resolve(FolderLock.NAME);
    }

    @Test
    void onlyOneWriterHoldsTheLock() throws InterruptedException {
        FolderLock first = FolderLock.acquire(folder, QUICK);
        UserException refused = assertThrows(UserException.class, () -> FolderLock.acquire(folder, QUICK));
        assertTrue(
                refused.getMessage()
                        .contains("(process " + ProcessHandle.current().pid() + " on "),
                refused.getMessage());
        assertDoesNotThrow(first::requireHeld);
        first.close();
        FolderLock.acquire(folder, QUICK).close();
    }

    @Test
    void removesTheEmptyFoldersThatItCreated() throws InterruptedException {
        FolderLock.acquire(folder, QUICK).close();
        assertFalse(Files.exists(temporary.resolve("a")));
        FolderLock lock = FolderLock.acquire(folder, QUICK);
        folder.write("result.txt", "42");
        lock.close();
        assertEquals(List.of("result.txt"), folder.names());
    }

    @Test
    void takesOverTheLockOfADeadProcessAtOnce() throws Exception {
        FolderLock lock = FolderLock.acquire(folder, QUICK);
        String mine = Files.readString(file);
        lock.close();
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        folder.write(FolderLock.NAME, mine.replace(" " + ProcessHandle.current().pid() + " ", " " + gone.pid() + " "));
        long started = System.nanoTime();
        FolderLock.acquire(folder, new FolderLock.Times(QUICK.heartbeat(), Duration.ofMinutes(5), QUICK.poll()))
                .close();
        assertTrue(System.nanoTime() - started < 60_000_000_000L);
    }

    @Test
    void takesOverARemoteLockWithoutHeartbeat() throws Exception {
        folder.write(FolderLock.NAME, "far-away/x 1 00000000-0000-0000-0000-000000000000 17");
        FolderLock.acquire(folder, QUICK).close();
        folder.write(FolderLock.NAME, "");
        FolderLock.acquire(folder, QUICK).close();
    }

    /** Both wait for the same stale lock, and must not remove the new lock of the other. */
    @Test
    void ofWritersThatFindTheSameStaleLockOneTakesIt() throws Exception {
        folder.write(FolderLock.NAME, "far-away/x 1 00000000-0000-0000-0000-000000000000 17");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<FolderLock>> locks =
                threads.invokeAll(Collections.nCopies(4, () -> FolderLock.acquire(folder, QUICK)));
        threads.shutdown();
        List<FolderLock> taken = new ArrayList<>();
        for (Future<FolderLock> lock : locks) {
            try {
                taken.add(lock.get());
            } catch (ExecutionException e) {
                assertTrue(e.getCause() instanceof UserException, e::toString);
            }
        }
        assertEquals(1, taken.size());
        taken.get(0).confirm();
        taken.get(0).close();
    }

    /** Cloned machines that share storage have the same host name and the same process namespace. */
    @Test
    void waitsForTheHeartbeatOfAMachineOfTheSameName() throws Exception {
        FolderLock lock = FolderLock.acquire(folder, QUICK);
        String mine = Files.readString(file);
        lock.close();
        String boot =
                Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        String theirs = mine.replace(boot, "00000000-0000-0000-0000-000000000000")
                .replace(" " + ProcessHandle.current().pid() + " ", " " + gone.pid() + " ");
        folder.write(FolderLock.NAME, theirs);
        long started = System.nanoTime();
        FolderLock.acquire(folder, QUICK).close();
        assertTrue(System.nanoTime() - started >= QUICK.timeout().toNanos(), "taken over at once");
    }

    @Test
    void tellsTheFormerOwnerOfATakeover() throws Exception {
        FolderLock lock = FolderLock.acquire(folder, QUICK);
        folder.write(FolderLock.NAME, "far-away/x 1 00000000-0000-0000-0000-000000000000 17");
        long end = System.nanoTime() + 10_000_000_000L;
        UserException told = null;
        while (told == null && System.nanoTime() < end) {
            Thread.sleep(10);
            try {
                lock.requireHeld();
            } catch (UserException e) {
                told = e;
            }
        }
        assertTrue(told != null && told.getMessage().contains("(process 1 on far-away)"), "not told");
        lock.close();
        assertTrue(Files.exists(file), "another one's lock was removed");
    }

    @ParameterizedTest
    @ValueSource(longs = {10, 300_000})
    void doesNotRecreateARemovedOrRenamedFolder(long heartbeatMillis) throws Exception {
        FolderLock lock = FolderLock.acquire(
                folder, new FolderLock.Times(Duration.ofMillis(heartbeatMillis), QUICK.timeout(), QUICK.poll()));
        Folder guarded = folder.guardedBy(lock::confirm);
        guarded.child("sub").write("result.txt", "42");
        Files.move(path, temporary.resolve("away"));
        Thread.sleep(100);
        String sentence =
                "Expected the folder file:" + path + " while a training writes to it, found it removed or renamed;";
        for (Executable change : List.<Executable>of(
                () -> guarded.write("result.txt", "43"),
                () -> guarded.child("sub").write("result.txt", "43"),
                () -> guarded.delete("sub"),
                lock::requireHeld)) {
            String told = assertThrows(UserException.class, change).getMessage();
            assertTrue(told.startsWith(sentence), told);
        }
        lock.close();
        assertFalse(Files.exists(path));
        assertEquals("42", Files.readString(temporary.resolve("away/sub/result.txt")));
    }

    @Test
    void writesAndRemovesNothingAfterATakeover() throws Exception {
        FolderLock lock =
                FolderLock.acquire(folder, new FolderLock.Times(Duration.ofMinutes(5), QUICK.timeout(), QUICK.poll()));
        Folder guarded = folder.guardedBy(lock::confirm);
        guarded.child("sub").write("result.txt", "42");
        Files.delete(file);
        guarded.child("sub").write("result.txt", "43");
        assertTrue(Files.exists(file), "a lock that is gone is not taken again");
        Files.writeString(file, "far-away/x 1 00000000-0000-0000-0000-000000000000 17");
        for (Executable change : List.<Executable>of(
                () -> guarded.delete("sub"), () -> guarded.child("sub").delete("result.txt"), () -> guarded.child("sub")
                        .write("result.txt", "44"))) {
            UserException refused = assertThrows(UserException.class, change);
            assertTrue(refused.getMessage().contains("(process 1 on far-away)"), refused.getMessage());
        }
        assertEquals("43", Files.readString(path.resolve("sub/result.txt")));
        lock.close();
    }
}
