/**
 * What a message costs, step by step, each step beside a baseline that moves the same bytes in the plainest way. How to
 * run and read them: the README of this module.
 */
package io.tautwire.benchmarks;
