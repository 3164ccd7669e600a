/** A Spark cluster of processes on this machine, to try things on. */
package handspun.cluster;
