package python

// Kind is the kind of a syntax node: a named node of the grammar, or a keyword or operator token.
type Kind uint16

// The kinds. Invalid is no node; Error is a region that could not be parsed; Token is a keyword or operator, told
// apart by its text.
const (
	Invalid Kind = iota
	Error
	Token
	Module
	ExprStmt
	ImportStmt
	ImportFrom
	FutureImport
	RelativeImport
	ImportPrefix
	AliasedImport
	WildcardImport
	DottedName
	PrintStmt
	Chevron
	AssertStmt
	NamedExpression
	ReturnStmt
	DeleteStmt
	RaiseStmt
	PassStmt
	BreakStmt
	ContinueStmt
	IfStmt
	ElifClause
	ElseClause
	MatchStmt
	BlockStmt
	CaseClause
	ForStmt
	WhileStmt
	TryStmt
	ExceptClause
	ExceptGroupClause
	FinallyClause
	WithStmt
	WithClause
	WithItem
	FunctionDef
	Parameters
	LambdaParameters
	ListSplat
	DictionarySplat
	GlobalStmt
	NonlocalStmt
	ExecStmt
	TypeAliasStmt
	ClassDef
	TypeParameter
	ArgumentList
	ParenthesizedListSplat
	DecoratedDef
	Decorator
	ExpressionList
	CasePattern
	AsPattern
	AsPatternTarget
	UnionPattern
	ListPattern
	TuplePattern
	DictPattern
	KeywordPattern
	SplatPattern
	ClassPattern
	ComplexPattern
	DefaultParameter
	TypedDefaultParameter
	ListSplatPattern
	DictionarySplatPattern
	NotOperator
	BooleanOperator
	BinaryOperator
	UnaryOperator
	ComparisonOperator
	Lambda
	Assignment
	AugmentedAssignment
	PatternList
	Yield
	Attribute
	Subscript
	Slice
	Call
	TypedParameter
	TypeExpr
	SplatType
	GenericType
	UnionType
	ConstrainedType
	MemberType
	KeywordArgument
	ListExpr
	SetExpr
	TupleExpr
	DictExpr
	Pair
	ListComp
	DictComp
	SetComp
	GeneratorExpr
	Paren
	ForInClause
	IfClause
	ConditionalExpression
	ConcatenatedString
	String
	Interpolation
	FormatSpecifier
	FormatExpression
	TypeConversion
	Await
	Identifier
	IntLit
	FloatLit
	True
	False
	None
	Ellipsis
	Comment
	PositionalSeparator
	KeywordSeparator
	kinds // their number
)

var kindNames = [kinds]string{
	Error: "ERROR", Token: "token",
	Module:                 "module",
	ExprStmt:               "expression_statement",
	ImportStmt:             "import_statement",
	ImportFrom:             "import_from_statement",
	FutureImport:           "future_import_statement",
	RelativeImport:         "relative_import",
	ImportPrefix:           "import_prefix",
	AliasedImport:          "aliased_import",
	WildcardImport:         "wildcard_import",
	DottedName:             "dotted_name",
	PrintStmt:              "print_statement",
	Chevron:                "chevron",
	AssertStmt:             "assert_statement",
	NamedExpression:        "named_expression",
	ReturnStmt:             "return_statement",
	DeleteStmt:             "delete_statement",
	RaiseStmt:              "raise_statement",
	PassStmt:               "pass_statement",
	BreakStmt:              "break_statement",
	ContinueStmt:           "continue_statement",
	IfStmt:                 "if_statement",
	ElifClause:             "elif_clause",
	ElseClause:             "else_clause",
	MatchStmt:              "match_statement",
	BlockStmt:              "block",
	CaseClause:             "case_clause",
	ForStmt:                "for_statement",
	WhileStmt:              "while_statement",
	TryStmt:                "try_statement",
	ExceptClause:           "except_clause",
	ExceptGroupClause:      "except_group_clause",
	FinallyClause:          "finally_clause",
	WithStmt:               "with_statement",
	WithClause:             "with_clause",
	WithItem:               "with_item",
	FunctionDef:            "function_definition",
	Parameters:             "parameters",
	LambdaParameters:       "lambda_parameters",
	ListSplat:              "list_splat",
	DictionarySplat:        "dictionary_splat",
	GlobalStmt:             "global_statement",
	NonlocalStmt:           "nonlocal_statement",
	ExecStmt:               "exec_statement",
	TypeAliasStmt:          "type_alias_statement",
	ClassDef:               "class_definition",
	TypeParameter:          "type_parameter",
	ArgumentList:           "argument_list",
	ParenthesizedListSplat: "parenthesized_list_splat",
	DecoratedDef:           "decorated_definition",
	Decorator:              "decorator",
	ExpressionList:         "expression_list",
	CasePattern:            "case_pattern",
	AsPattern:              "as_pattern",
	AsPatternTarget:        "as_pattern_target",
	UnionPattern:           "union_pattern",
	ListPattern:            "list_pattern",
	TuplePattern:           "tuple_pattern",
	DictPattern:            "dict_pattern",
	KeywordPattern:         "keyword_pattern",
	SplatPattern:           "splat_pattern",
	ClassPattern:           "class_pattern",
	ComplexPattern:         "complex_pattern",
	DefaultParameter:       "default_parameter",
	TypedDefaultParameter:  "typed_default_parameter",
	ListSplatPattern:       "list_splat_pattern",
	DictionarySplatPattern: "dictionary_splat_pattern",
	NotOperator:            "not_operator",
	BooleanOperator:        "boolean_operator",
	BinaryOperator:         "binary_operator",
	UnaryOperator:          "unary_operator",
	ComparisonOperator:     "comparison_operator",
	Lambda:                 "lambda",
	Assignment:             "assignment",
	AugmentedAssignment:    "augmented_assignment",
	PatternList:            "pattern_list",
	Yield:                  "yield",
	Attribute:              "attribute",
	Subscript:              "subscript",
	Slice:                  "slice",
	Call:                   "call",
	TypedParameter:         "typed_parameter",
	TypeExpr:               "type",
	SplatType:              "splat_type",
	GenericType:            "generic_type",
	UnionType:              "union_type",
	ConstrainedType:        "constrained_type",
	MemberType:             "member_type",
	KeywordArgument:        "keyword_argument",
	ListExpr:               "list",
	SetExpr:                "set",
	TupleExpr:              "tuple",
	DictExpr:               "dictionary",
	Pair:                   "pair",
	ListComp:               "list_comprehension",
	DictComp:               "dictionary_comprehension",
	SetComp:                "set_comprehension",
	GeneratorExpr:          "generator_expression",
	Paren:                  "parenthesized_expression",
	ForInClause:            "for_in_clause",
	IfClause:               "if_clause",
	ConditionalExpression:  "conditional_expression",
	ConcatenatedString:     "concatenated_string",
	String:                 "string",
	Interpolation:          "interpolation",
	FormatSpecifier:        "format_specifier",
	FormatExpression:       "format_expression",
	TypeConversion:         "type_conversion",
	Await:                  "await",
	Identifier:             "identifier",
	IntLit:                 "integer",
	FloatLit:               "float",
	True:                   "true",
	False:                  "false",
	None:                   "none",
	Ellipsis:               "ellipsis",
	Comment:                "comment",
	PositionalSeparator:    "positional_separator",
	KeywordSeparator:       "keyword_separator",
}

// String is the name of the kind in the grammar.
func (k Kind) String() string { return kindNames[k] }

// Field is the role of a node in its parent.
type Field uint8

const (
	NoField Field = iota
	FieldAlias
	FieldAlternative
	FieldArgument
	FieldArguments
	FieldAttribute
	FieldBody
	FieldCause
	FieldCode
	FieldCondition
	FieldConsequence
	FieldDefinition
	FieldExpression
	FieldFormatSpecifier
	FieldFunction
	FieldGuard
	FieldKey
	FieldLeft
	FieldModuleName
	FieldName
	FieldObject
	FieldOperator
	FieldOperators
	FieldParameters
	FieldReturnType
	FieldRight
	FieldSubject
	FieldSubscript
	FieldSuperclasses
	FieldType
	FieldTypeConversion
	FieldTypeParameters
	FieldValue
	fields // their number
)

var fieldNames = [fields]string{
	FieldAlias:           "alias",
	FieldAlternative:     "alternative",
	FieldArgument:        "argument",
	FieldArguments:       "arguments",
	FieldAttribute:       "attribute",
	FieldBody:            "body",
	FieldCause:           "cause",
	FieldCode:            "code",
	FieldCondition:       "condition",
	FieldConsequence:     "consequence",
	FieldDefinition:      "definition",
	FieldExpression:      "expression",
	FieldFormatSpecifier: "format_specifier",
	FieldFunction:        "function",
	FieldGuard:           "guard",
	FieldKey:             "key",
	FieldLeft:            "left",
	FieldModuleName:      "module_name",
	FieldName:            "name",
	FieldObject:          "object",
	FieldOperator:        "operator",
	FieldOperators:       "operators",
	FieldParameters:      "parameters",
	FieldReturnType:      "return_type",
	FieldRight:           "right",
	FieldSubject:         "subject",
	FieldSubscript:       "subscript",
	FieldSuperclasses:    "superclasses",
	FieldType:            "type",
	FieldTypeConversion:  "type_conversion",
	FieldTypeParameters:  "type_parameters",
	FieldValue:           "value",
}
