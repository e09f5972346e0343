package model

// Align is for FuzzAlign.
var Align = align
