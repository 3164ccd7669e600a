/** How training goes, without Spark: plan, mini-batches, lanes, epoch loop, evaluation. */
package handspun.train;
