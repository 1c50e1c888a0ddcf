package io.sparkperceptron.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.UserException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Runs Hadoop's S3 client against a local server of S3's protocol. */
@Tag("thorough")
class S3FolderTest {

    private static final FolderLock.Times QUICK =
            new FolderLock.Times(Duration.ofMillis(20), Duration.ofMillis(1500), Duration.ofMillis(20));

    private static S3Server server;

    @BeforeAll
    static void startServer() {
        server = new S3Server();
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    @Test
    void writesReplacesAndRemoves() {
        Folder folder = folder("plain");
        folder.write("a.txt", "one");
        folder.write("a.txt", "two");
        folder.child("sub").write("b.txt", "three");
        assertEquals("two", text(folder));
        assertEquals(List.of("a.txt", "sub"), folder.names());
        folder.delete("sub");
        folder.delete("a.txt");
        assertFalse(folder.holds("a.txt"));
    }

    @Test
    void aFailedWriteKeepsTheEarlierFile() {
        Folder folder = folder("failing");
        folder.write("a.txt", "one");
        UserException failure = assertThrows(
                UserException.class,
                () -> folder.write("a.txt", out -> {
                    out.write(new byte[1 << 20]);
                    throw new IOException("No space left on device");
                }));
        assertTrue(failure.getMessage().endsWith("a.txt: No space left on device"), failure.getMessage());
        assertEquals("one", text(folder));
        assertEquals(List.of("a.txt"), folder.names());
    }

    @Test
    void aFileExistsWhileItIsReplaced() throws InterruptedException {
        Folder folder = folder("replaced");
        folder.write("a.txt", "0");
        AtomicBoolean done = new AtomicBoolean();
        Thread writer = new Thread(() -> {
            for (int i = 1; i <= 50; i++) {
                folder.write("a.txt", Integer.toString(i));
            }
            done.set(true);
        });
        writer.start();
        int looks = 0;
        while (!done.get()) {
            assertTrue(folder.holds("a.txt"), "absent");
            looks++;
        }
        writer.join();
        assertTrue(looks > 10, looks + " looks");
        assertEquals("50", text(folder));
    }

    /** A note reads the metrics of a running training. Hadoop's client stops reading a file that has been replaced. */
    @Test
    void readsAgainIfTheFileIsReplacedMeanwhile() throws InterruptedException {
        Folder folder = folder("read");
        folder.write("a.txt", "0".repeat(1000));
        AtomicBoolean done = new AtomicBoolean();
        Thread writer = new Thread(() -> {
            for (int i = 0; i < 100; i++) {
                folder.write("a.txt", Integer.toString(i % 10).repeat(1000));
            }
            done.set(true);
        });
        writer.start();
        int reads = 0;
        try {
            while (!done.get()) {
                String text = new String(folder.read("a.txt", 1000), UTF_8);
                assertEquals(text.substring(0, 1).repeat(1000), text);
                reads++;
            }
        } finally {
            writer.join();
        }
        assertTrue(reads > 10, reads + " reads");
    }

    @Test
    void aLockHasFewerHeartbeatsAndToleratesALostOne() {
        FolderLock.Times times = FolderLock.times(folder("paced"));
        FolderLock.Times usual = FolderLock.times(Folder.at("file:/", new Configuration()));
        assertTrue(times.heartbeat().compareTo(usual.heartbeat()) > 0);
        assertEquals(usual.timeout(), times.timeout(), "others look from elsewhere");
        assertTrue(times.heartbeat().multipliedBy(2).compareTo(times.timeout()) < 0);
    }

    @Test
    void aFileIsReadInTwoRequests() {
        Folder folder = folder("read-counted");
        folder.write("a.txt", "0");
        long before = server.requests();
        text(folder);
        assertEquals(2, server.requests() - before);
    }

    @Test
    void aFileTakesFewRequestsAndNoClientOfItsOwn() {
        Folder folder = folder("counted");
        folder.write("a.txt", "0");
        long threads = Thread.activeCount();
        long before = server.requests();
        for (int i = 0; i < 20; i++) {
            folder.write("a.txt", Integer.toString(i));
        }
        long each = (server.requests() - before) / 20;
        assertTrue(each >= 1 && each <= 3, each + " requests a file");
        assertTrue(Thread.activeCount() <= threads + 20, Thread.activeCount() + " threads, before " + threads);
    }

    @Test
    void onlyOneHoldsTheLock() throws InterruptedException {
        Folder folder = folder("locked");
        FolderLock first = FolderLock.acquire(folder, QUICK);
        assertThrows(UserException.class, () -> FolderLock.acquire(folder, QUICK));
        first.confirm();
        first.close();
        FolderLock.acquire(folder, QUICK).close();
        assertFalse(folder.holds(FolderLock.NAME));
    }

    /** Every heartbeat replaces the lock. Hadoop's client stops reading a file that has been replaced. */
    @Test
    void heartbeatsDoNotDisturbReadersOfTheLock() throws InterruptedException {
        Folder folder = folder("beating");
        FolderLock.Times fast =
                new FolderLock.Times(Duration.ofMillis(1), Duration.ofMillis(1500), Duration.ofMillis(20));
        try (FolderLock held = FolderLock.acquire(folder, fast)) {
            for (int i = 0; i < 100; i++) {
                held.confirm();
            }
            for (int i = 0; i < 10; i++) {
                UserException refused = assertThrows(UserException.class, () -> FolderLock.acquire(folder, fast));
                assertTrue(refused.getMessage().contains("found that somebody does"), refused.getMessage());
            }
        }
    }

    private static Folder folder(String name) {
        return Folder.at(S3Server.BUCKET + name, server.configuration());
    }

    private static String text(Folder folder) {
        return new String(folder.read("a.txt", 100), UTF_8);
    }
}
