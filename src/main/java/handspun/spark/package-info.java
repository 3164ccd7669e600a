/** Where tasks run: Spark's context and slots, jobs, plugin and recovery. */
package handspun.spark;
