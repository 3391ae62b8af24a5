/** What the tests of the provider modules share. Not published. */
package dev.registrykit.testsupport.provider;
