/**
 * The command line: {@link io.sparkperceptron.cli.Main} and its commands, their options, progress and exit codes (0
 * success, 1 a failed run, 2 wrong usage). Imports {@code course}, {@code session}, {@code generate},
 * {@code zeppelin}, {@code onnx}, {@code cluster}, {@code report}, {@code results}, {@code analysis},
 * {@code training}, {@code gradient}, {@code data}, {@code block}, {@code model}, {@code spark} and {@code storage}.
 */
package io.sparkperceptron.cli;
