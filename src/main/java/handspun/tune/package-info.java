/**
 * A search for good hyperparameters: the space that it draws trials from, which of them go on to
 * more epochs, and the story of the whole, from its folder to its table, picture and preset.
 */
package handspun.tune;
