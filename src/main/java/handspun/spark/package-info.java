/** How an epoch runs on Spark: the context, the strategies and the exchange of gradients. */
package handspun.spark;
