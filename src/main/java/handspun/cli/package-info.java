/** The command line: the only place that reads arguments, prints results and sets exit codes. */
package handspun.cli;
