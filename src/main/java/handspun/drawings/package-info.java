/**
 * A measure of how well drawings are read: digits and other things drawn on paper from a fixed
 * seed, what a model says of them, and the figures. Training never sees any of it.
 */
package handspun.drawings;
