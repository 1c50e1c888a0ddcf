/**
 * A class of students, each with a task of their own: {@link io.sparkperceptron.course.Assignment} draws the tasks and
 * trains all of them in one pass, {@link io.sparkperceptron.course.HandIn} is what a student hands in. Imports
 * {@code session}, {@code results}, {@code analysis}, {@code training}, {@code gradient}, {@code model} and
 * {@code storage}.
 */
package io.sparkperceptron.course;
