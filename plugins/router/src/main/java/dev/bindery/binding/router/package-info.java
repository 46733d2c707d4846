/**
 * A binding over other instances: {@link dev.bindery.binding.router.RouterBinding} answers under
 * the names of routes. A {@link dev.bindery.binding.router.Route} has targets, {@link
 * dev.bindery.binding.router.Order} says in which sequence a request asks them, {@link
 * dev.bindery.binding.router.Journey} asks them until one answers, and a {@link
 * dev.bindery.binding.router.Breaker} keeps requests away from one that is down. Uses the contract
 * only.
 */
@NullMarked
package dev.bindery.binding.router;

import org.jspecify.annotations.NullMarked;
