package io.sparkperceptron.zeppelin;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkperceptron.UserException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Imports a note into Zeppelin, or updates it there. An update keeps the note's id, permissions and results. It does
 * not delete the note, because Zeppelin would then close interpreters. A note that somebody has edited is kept under
 * another name.
 */
public final class NoteImport {

    private static final String IMPORT = "notebook/import";

    private final Zeppelin zeppelin;

    public NoteImport(Zeppelin zeppelin) {
        this.zeppelin = zeppelin;
    }

    /**
     * Imports a note, or updates it.
     *
     * @return a sentence that says what was done
     * @throws UserException if Zeppelin refuses, or if the note is running: then it is not changed
     */
    public String bring(ShippedNote shipped) {
        String name = shipped.name();
        Map<String, String> ids = idsByPath();
        String id = ids.get("/" + name);
        if (id == null) {
            zeppelin.postForId(IMPORT, shipped.json());
            return "Imported " + name;
        }
        StoredNote stored = new StoredNote(zeppelin.get("notebook/" + id, StoredNote::isNote));
        var edit = stored.edit(shipped);
        if (edit.isPresent()) {
            String kept = free(name + "-edited", ids);
            keep(id, name, kept, shipped);
            return "Kept " + name + " as " + kept + ", because it " + edit.get() + ", and imported " + name + " again";
        }
        NoteUpdate update = new NoteUpdate(zeppelin, id, stored, shipped);
        if (update.isNeeded() && stored.isRunning()) {
            throw new UserException(
                    name + " is running in Zeppelin and was left as it is; import again when it has ended");
        }
        int changed = update.carryOut();
        return changed == 0
                ? name + " is up to date"
                : "Updated " + name + " in place: " + changed + (changed == 1 ? " paragraph" : " paragraphs");
    }

    private Map<String, String> idsByPath() {
        Map<String, String> ids = new LinkedHashMap<>();
        JsonNode notes = zeppelin.get(
                "notebook",
                list -> Zeppelin.isListOf(
                        list,
                        note -> Zeppelin.isId(note.path("id"))
                                && note.path("path").isTextual()));
        notes.forEach(
                note -> ids.put(note.path("path").asText(), note.path("id").asText()));
        return ids;
    }

    private static String free(String name, Map<String, String> ids) {
        String free = name;
        for (int number = 2; ids.containsKey("/" + free); number++) {
            free = name + "-" + number;
        }
        return free;
    }

    /** Renames the edited note, which keeps its id: whoever has it open can continue. */
    private void keep(String id, String name, String kept, ShippedNote shipped) {
        rename(id, kept);
        try {
            zeppelin.postForId(IMPORT, shipped.json());
        } catch (UserException e) {
            try {
                rename(id, name);
            } catch (UserException again) {
                e.addSuppressed(again);
            }
            throw e;
        }
    }

    private void rename(String id, String name) {
        zeppelin.put("notebook/" + id + "/rename", Map.of("name", name));
    }
}
