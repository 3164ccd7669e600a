/** Measurements: Handspun beside other programs, and on one core or many. */
package handspun.bench;
