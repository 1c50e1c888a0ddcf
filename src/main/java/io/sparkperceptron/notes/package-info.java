/**
 * What notebooks show of a training. {@link io.sparkperceptron.notes.Note} runs a paragraph, keeps what it leaves for
 * later ones and shows tables and charts; {@link io.sparkperceptron.notes.Work} goes on after its paragraph has ended.
 * {@link io.sparkperceptron.notes.ProgressLines} prints the progress of a training,
 * {@link io.sparkperceptron.notes.NotePage} embeds the page. Imports {@code report}, {@code results}, {@code analysis},
 * {@code training}, {@code spark} and {@code storage}.
 */
package io.sparkperceptron.notes;
