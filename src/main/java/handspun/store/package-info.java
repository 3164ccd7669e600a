/** Models and checkpoints: reading and writing them safely, and the folders of runs. */
package handspun.store;
