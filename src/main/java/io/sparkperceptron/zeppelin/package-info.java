/** Notes in a running Zeppelin, imported and brought up to date by its REST API; begin at {@link io.sparkperceptron.zeppelin.NoteImport}. Needs {@code storage} alone. */
package io.sparkperceptron.zeppelin;
