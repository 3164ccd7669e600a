/** The arithmetic: kernels over flat float arrays, each with one fixed order of operations. */
package handspun.math;
