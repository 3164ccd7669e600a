/** From any picture of a digit to the 28 x 28 pixels that a network learned from. */
package handspun.image;
