/** A character that turns the order in which text is drawn (UAX 9), so that code reads otherwise than it runs. */
export const turning = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/
