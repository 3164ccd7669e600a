/** Model files: reading and writing them safely, and what is known about a model. */
package handspun.store;
