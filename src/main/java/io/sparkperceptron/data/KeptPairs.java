package io.sparkperceptron.data;

import java.lang.ref.SoftReference;
import java.util.function.Function;

/**
 * The pairs of a block's entries. For the first pass they are made in the quickest way, for there may be no other: a block that was
 * spilled to disk is a new one in every pass. For the second they are made well, and kept as long as there is memory. Once they had to
 * be given up they are made in the quickest way for every pass.
 */
final class KeptPairs {

    private boolean asked;
    private boolean givenUp;
    private SoftReference<EntryPairs> kept;

    /**
     * The pairs.
     *
     * @param maker given whether to make them well
     */
    synchronized EntryPairs get(Function<Boolean, EntryPairs> maker) {
        EntryPairs pairs = kept == null ? null : kept.get();
        if (pairs != null) {
            return pairs;
        }
        givenUp |= kept != null;
        kept = null;
        if (!asked || givenUp) {
            asked = true;
            return maker.apply(false);
        }
        pairs = maker.apply(true);
        kept = new SoftReference<>(pairs);
        return pairs;
    }
}
