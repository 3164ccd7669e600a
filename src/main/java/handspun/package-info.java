/** What every package may say: errors of one clear sentence for a person, JSON for a machine. */
package handspun;
