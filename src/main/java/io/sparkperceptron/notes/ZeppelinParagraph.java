package io.sparkperceptron.notes;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Zeppelin knows about the paragraph that runs. The jar also runs without Zeppelin, so this calls Zeppelin's
 * classes by name.
 *
 * @param user the login; {@value #NOBODY} without one
 * @param texts the text of each paragraph of the note, by title; empty if Zeppelin does not say
 */
record ZeppelinParagraph(String user, String noteId, Map<String, String> texts) {

    private static final Logger LOG = LoggerFactory.getLogger(ZeppelinParagraph.class);
    private static final String NOBODY = "anonymous";
    private static final int PATIENCE_SECONDS = 2;
    /** The last question that Zeppelin did not answer in time. No other question is asked before its answer. */
    private static volatile Future<?> unanswered = CompletableFuture.completedFuture(null);

    static ZeppelinParagraph here() {
        try {
            Object context = Class.forName("org.apache.zeppelin.interpreter.InterpreterContext")
                    .getMethod("get")
                    .invoke(null);
            if (context == null) {
                return new ZeppelinParagraph(NOBODY, "", Map.of());
            }
            Object login = call(context, "getAuthenticationInfo");
            Object user = login == null ? null : call(login, "getUser");
            String note = String.valueOf(call(context, "getNoteId"));
            String name = user == null || user.toString().isBlank() ? NOBODY : user.toString();
            return new ZeppelinParagraph(name, note, texts(call(context, "getIntpEventClient"), name, note));
        } catch (ReflectiveOperationException | LinkageError e) {
            return new ZeppelinParagraph(NOBODY, "", Map.of());
        }
    }

    /** @param client has a method {@code getParagraphList} */
    static Map<String, String> texts(Object client, String user, String note) {
        if (client == null || !unanswered.isDone()) {
            return Map.of();
        }
        Callable<Map<String, String>> ask = () -> {
            Object list = client.getClass()
                    .getMethod("getParagraphList", String.class, String.class)
                    .invoke(client, user, note);
            Map<String, String> texts = new HashMap<>();
            for (Object paragraph : (List<?>) list) {
                texts.put(
                        String.valueOf(call(paragraph, "getParagraphTitle")),
                        String.valueOf(call(paragraph, "getParagraphText")));
            }
            return texts;
        };
        FutureTask<Map<String, String>> asking = new FutureTask<>(ask);
        Thread thread = new Thread(asking, "texts of the note");
        thread.setDaemon(true);
        thread.start();
        try {
            return asking.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Map.of();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("Zeppelin does not give the texts of the note, so edited paragraphs are not noticed", e);
            unanswered = asking;
            return Map.of();
        }
    }

    private static Object call(Object of, String method) throws ReflectiveOperationException {
        return of.getClass().getMethod(method).invoke(of);
    }

    /** The name of the user's folder, different for each user. */
    String userAsName() {
        return user.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
                ? user
                : user.replaceAll("[^A-Za-z0-9_-]", "_") + "-" + Integer.toHexString(user.hashCode());
    }
}
