/**
 * The story of one training: its folder, where it is computed, what is saved and drawn on the way
 * and in the end. What the command line does, and what a Java program can do as well.
 */
package handspun.run;
