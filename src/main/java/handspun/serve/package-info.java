/** The page on which a person draws a digit, and its HTTP API. */
package handspun.serve;
