package io.sparkperceptron.zeppelin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkperceptron.UserException;
import io.sparkperceptron.storage.JsonFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Updates a note that nobody has edited to a newer version, paragraph by paragraph. */
final class NoteUpdate {

    private final Zeppelin zeppelin;
    private final String id;
    private final String note;
    private final ShippedNote shipped;
    /** The paragraphs in Zeppelin; each call to Zeppelin also changes this list. */
    private final List<JsonNode> paragraphs;

    NoteUpdate(Zeppelin zeppelin, String id, StoredNote stored, ShippedNote shipped) {
        this.zeppelin = zeppelin;
        this.id = id;
        this.note = "notebook/" + id;
        this.shipped = shipped;
        this.paragraphs = new ArrayList<>(stored.paragraphs());
    }

    /** Whether the stamps in Zeppelin differ from those of the new version. */
    boolean isNeeded() {
        return !paragraphs.stream()
                .map(Stamp::on)
                .toList()
                .equals(shipped.paragraphs().stream().map(Stamp::on).toList());
    }

    /** Updates the note, and returns how many paragraphs have changed. */
    int carryOut() {
        int changed = remove();
        for (int place = 0; place < shipped.paragraphs().size(); place++) {
            ObjectNode wanted = shipped.paragraphs().get(place);
            int at = paragraphs.stream().map(StoredNote::origin).toList().indexOf(StoredNote.origin(wanted));
            if (at < 0) {
                insert(wanted, place);
                changed++;
            } else if (update(wanted, at, place)) {
                changed++;
            }
        }
        return changed;
    }

    private int remove() {
        Set<String> wanted =
                shipped.paragraphs().stream().map(StoredNote::origin).collect(Collectors.toSet());
        List<JsonNode> gone = paragraphs.stream()
                .filter(paragraph -> !wanted.contains(StoredNote.origin(paragraph)))
                .toList();
        gone.forEach(paragraph -> zeppelin.delete(path(paragraph.path("id").asText())));
        paragraphs.removeAll(gone);
        return gone.size();
    }

    private void insert(ObjectNode wanted, int place) {
        Map<String, Object> described = described(wanted);
        described.put("index", place);
        described.put("config", wanted.path("config"));
        String paragraph = zeppelin.postForId(note + "/paragraph", JsonFile.compact(described));
        paragraphs.add(place, wanted);
        render(wanted, paragraph);
    }

    private boolean update(ObjectNode wanted, int at, int place) {
        JsonNode found = paragraphs.remove(at);
        paragraphs.add(place, found);
        String paragraph = found.path("id").asText();
        if (at != place) {
            zeppelin.post(path(paragraph) + "/move/" + place, Map.of());
        }
        Stamp stamp = Stamp.on(wanted);
        Stamp before = Stamp.on(found);
        boolean rewritten = !stamp.text().equals(Stamp.textDigest(found));
        if (rewritten) {
            zeppelin.put(path(paragraph), described(wanted));
        }
        // Keep a user's settings of a chart, unless the new version ships other settings than before.
        boolean shownAnew = before != null && !before.config().equals(stamp.config());
        if (!stamp.equals(before)) {
            ObjectNode config = wanted.withObject("/config").deepCopy();
            if (!shownAnew) {
                config.removeAll();
                stamp.putInto(config);
            }
            zeppelin.put(path(paragraph) + "/config", config);
        }
        if (rewritten) {
            render(wanted, paragraph);
        }
        return at != place || rewritten || shownAnew;
    }

    /** Runs a paragraph of text, so that readers see it rendered. Zeppelin accepts results only in imports. */
    private void render(ObjectNode wanted, String paragraph) {
        if (wanted.path("text").asText().startsWith("%md") && !isRendered(paragraph)) {
            // Zeppelin has no interpreter for it: show the source.
            zeppelin.put(path(paragraph) + "/config", Map.of("editorHide", false));
        }
    }

    private boolean isRendered(String paragraph) {
        try {
            JsonNode result = zeppelin.post("notebook/run/" + id + "/" + paragraph, Map.of());
            return result.path("code").asText().equals("SUCCESS");
        } catch (UserException e) {
            return false;
        }
    }

    private String path(String paragraph) {
        return note + "/paragraph/" + paragraph;
    }

    private static Map<String, Object> described(ObjectNode paragraph) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("title", paragraph.path("title").asText(""));
        described.put("text", paragraph.path("text").asText());
        return described;
    }
}
