/** What every package may throw at a person: errors that are one clear sentence. */
package handspun;
