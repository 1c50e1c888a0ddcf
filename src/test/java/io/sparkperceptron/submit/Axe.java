package io.sparkperceptron.submit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** axe-core, which checks the accessibility of a page. */
final class Axe {

    /** A JavaScript promise of the violations on a page: a line for each rule, with its elements. */
    static final String BARRIERS =
            "axe.run({rules: {'target-size': {enabled: true}, 'label-content-name-mismatch': {enabled: true}}})"
                    + ".then(found => found.violations.map("
                    + "rule => rule.id + ': ' + rule.nodes.map(node => node.target.join(' ')).join(', ')))";

    private Axe() {}

    static String script() throws IOException {
        try (InputStream script = ClassLoader.getSystemResourceAsStream("axe.min.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
