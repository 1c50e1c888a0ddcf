/**
 * Files on any Hadoop file system: a {@link io.sparkperceptron.storage.Folder} writes to a temporary name and renames,
 * so that a file under its final name is always whole. It imports no room.
 */
package io.sparkperceptron.storage;
