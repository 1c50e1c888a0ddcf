/** Notes in a running Zeppelin, imported and brought up to date by its REST API; begin at {@link io.sparkperceptron.zeppelin.NoteImport}. Needs no other room. */
package io.sparkperceptron.zeppelin;
