/**
 * What notebooks show of a training. {@link io.sparkperceptron.notes.ProgressLines} prints its progress,
 * {@link io.sparkperceptron.notes.NotePage} embeds the page, and {@link io.sparkperceptron.notes.Slot} keeps one thing
 * open between paragraphs. Imports {@code report}, {@code results}, {@code analysis}, {@code training} and
 * {@code storage}.
 */
package io.sparkperceptron.notes;
