package awaits_test
import ("testing";"fmt";"os";"aiolens/diagnostics/python";"aiolens/diagnostics/program")
func TestDbg(t *testing.T) {
 data, err := os.ReadFile("/tmp/dbg/x.py"); if err != nil { t.Skip() }
 f := python.NewFile("", python.NewText(string(data)))
 m := f.Shape("")
 p := program.New(m)
 for b := range f.Blocks { for n := range b.Root().Walk { d := 0; for u := n.Parent(); u.Valid(); u = u.Parent() { d++ }
  ty := ""
  if n.Is(python.Call, python.Identifier, python.Attribute, python.Await) { ty = p.Eval(p.Module(m), n.Value()).String() }
  fmt.Printf("%*s%v %v %.40q %s\n", d*2, "", n.Kind(), n.Field(), n.Text(), ty) } }
}
