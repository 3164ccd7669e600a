/** Examples, and the readers of the files that hold them. */
package handspun.data;
