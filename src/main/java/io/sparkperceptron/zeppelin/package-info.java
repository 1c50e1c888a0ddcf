/**
 * Notes in a running Zeppelin, imported and updated by its REST API; begin at
 * {@link io.sparkperceptron.zeppelin.NoteImport}. Imports {@code storage}.
 */
package io.sparkperceptron.zeppelin;
