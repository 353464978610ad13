"""The look of a university: which one a page wears, its stylesheet, its logo, who may change it."""
