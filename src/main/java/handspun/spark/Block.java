package handspun.spark;

import handspun.data.Examples;

/**
 * The examples that one partition owns.
 *
 * @param partition from 0
 * @param training those that it learns from
 * @param validation those that it validates with; may be empty
 */
record Block(int partition, Examples training, Examples validation) {}
