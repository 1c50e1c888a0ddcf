/**
 * Files on any Hadoop file system. A file that {@link io.sparkperceptron.storage.Folder} writes appears under its name
 * as a whole. Imports no other room.
 */
package io.sparkperceptron.storage;
