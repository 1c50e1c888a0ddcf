package io.sparkperceptron.data;

import java.lang.ref.SoftReference;
import java.util.function.Supplier;

/**
 * The pairs of a block's entries. For the first pass they are made in the quickest way, for there may be no other: a block that was
 * spilled to disk is a new one in every pass. For the second they are made well, and kept as long as there is memory. Once they had to
 * be given up, they are made in the quickest way for every pass.
 */
final class KeptPairs {

    private boolean asked;
    private boolean givenUp;
    private SoftReference<EntryPairs> kept;

    synchronized EntryPairs get(Supplier<EntryPairs> quick, Supplier<EntryPairs> good) {
        EntryPairs pairs = kept == null ? null : kept.get();
        if (pairs != null) {
            return pairs;
        }
        givenUp |= kept != null;
        kept = null;
        if (!asked || givenUp) {
            asked = true;
            return quick.get();
        }
        pairs = good.get();
        kept = new SoftReference<>(pairs);
        return pairs;
    }
}
