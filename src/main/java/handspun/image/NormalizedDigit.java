package handspun.image;

/**
 * What {@link DigitNormalizer} makes of a picture. The array is not copied and must not be changed.
 *
 * @param pixels 28 x 28, row by row, one unsigned byte each: 0 no ink, 255 full ink
 * @param digits how many things that could be digits lie beside each other on the paper, at least
 *     1; where there are several, the pixels show them together
 */
public record NormalizedDigit(byte[] pixels, int digits) {}
