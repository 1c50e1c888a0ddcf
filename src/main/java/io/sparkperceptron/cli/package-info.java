/**
 * The command line: {@link io.sparkperceptron.cli.Main} and its commands, their options, progress and exit codes (0 success,
 * 1 a failed run, 2 wrong usage). Imports everything.
 */
package io.sparkperceptron.cli;
