/**
 * Where files are, on this machine or on any file system that Hadoop reaches; and of what kind they
 * are.
 */
package handspun.files;
