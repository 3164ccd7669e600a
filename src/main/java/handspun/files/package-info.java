/** Where files are: on this machine, or on any file system that Hadoop reaches. */
package handspun.files;
