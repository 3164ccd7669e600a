/** What a run leaves for people to look at: its curve, its confusion matrix, its mistakes. */
package handspun.report;
