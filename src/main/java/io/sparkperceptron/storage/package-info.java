/**
 * Files on any Hadoop file system. {@link io.sparkperceptron.storage.Folder} writes a file under a temporary name and
 * renames it, so that a file under its final name is always whole. Imports no other room.
 */
package io.sparkperceptron.storage;
