BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX k: <https://w3id.org/kennisbouwstenen/def#>
DELETE DATA { GRAPH g:specialists { <specialist/veilig-thuis> k:forWhom "Voor iedereen die zich zorgen maakt over geweld."@nl } }
