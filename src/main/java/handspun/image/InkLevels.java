package handspun.image;

/**
 * What was measured of a picture, and what followed from it for ink. Differences are from the
 * paper's brightness to the pen's side of it, in levels of 0 to 255.
 *
 * @param darkPen whether ink is darker than the paper
 * @param noise the paper's: its standard deviation, averaged as below; 0 if it has none
 * @param square side in pixels of the squares over which the picture was averaged against noise; 1
 *     if it was not
 * @param threshold the least difference of a pixel that counts as ink
 * @param peak the least difference of a stroke's strongest pixel; where all are fainter, this is
 *     noise
 * @param full the difference of full ink; a picture with less than 24 is blank
 */
public record InkLevels(
    boolean darkPen, double noise, int square, double threshold, double peak, double full) {}
