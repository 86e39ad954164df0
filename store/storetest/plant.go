package storetest

import (
	"encoding/json"
	"reflect"
)

// Canary is what Plant plants: a name that must not stand in the clear anywhere.
const Canary = "canary"

// Plant puts a canary in every string of what to points to, so that it is found wherever it
// is in the clear, and returns how many there are.
func Plant(to any) int { return plant(reflect.ValueOf(to).Elem()) }

func plant(v reflect.Value) (n int) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(Canary)
		return 1
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				n += plant(v.Field(i))
			}
		}
	case reflect.Slice:
		if v.Type() == reflect.TypeFor[json.RawMessage]() {
			v.SetBytes([]byte(`{"text":"` + Canary + `"}`))
			return 1
		}
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		return plant(v.Index(0))
	case reflect.Map:
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		n = plant(key) + plant(value)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(key, value)
	}
	return n
}
