/**
 * Pictures of digits: from any of them to the 28 x 28 pixels that a network learned from, and from
 * those to others that mean the same.
 */
package handspun.image;
