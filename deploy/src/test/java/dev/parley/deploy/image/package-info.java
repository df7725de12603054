/** The images that the build makes, and containers of them. */
package dev.parley.deploy.image;
